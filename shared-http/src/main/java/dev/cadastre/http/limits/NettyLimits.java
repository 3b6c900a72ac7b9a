package dev.cadastre.http.limits;

import java.time.Duration;
import reactor.netty.http.server.HttpServer;

/**
 * What Netty takes of a request before anybody looks at it, and bears of one who reads no answer.
 */
public final class NettyLimits {

    /** Bytes of a request line: an id of 300 characters, each percent-encoded, fits. */
    public static final int REQUEST_LINE = 16 * 1024;

    /** Bytes of all headers together. */
    public static final int HEADERS = 32 * 1024;

    private NettyLimits() {}

    /**
     * Sets the limits.
     *
     * @param longestStall how long a client may take nothing of an answer
     */
    public static HttpServer apply(HttpServer server, Duration longestStall) {
        return server.httpRequestDecoder(
                        decoder ->
                                decoder.maxInitialLineLength(REQUEST_LINE).maxHeaderSize(HEADERS))
                .doOnChannelInit(
                        (observer, channel, address) ->
                                channel.pipeline()
                                        .addFirst(
                                                "cadastre.stalledReader",
                                                new StalledReader(longestStall))
                                        .addBefore(
                                                "reactor.right.reactiveBridge",
                                                "cadastre.decodingRefusal",
                                                new DecodingRefusal()));
    }
}
