package dev.cadastre.http.limits;

import reactor.netty.http.server.HttpServer;

/** What Netty takes of a request before anybody looks at it. */
public final class NettyLimits {

    /** Bytes of a request line: an id of 300 characters, each percent-encoded, fits. */
    public static final int REQUEST_LINE = 16 * 1024;

    /** Bytes of all headers together. */
    public static final int HEADERS = 32 * 1024;

    private NettyLimits() {}

    public static HttpServer apply(HttpServer server) {
        return server.httpRequestDecoder(
                        decoder ->
                                decoder.maxInitialLineLength(REQUEST_LINE).maxHeaderSize(HEADERS))
                .doOnChannelInit(
                        (observer, channel, address) ->
                                channel.pipeline()
                                        .addBefore(
                                                "reactor.right.reactiveBridge",
                                                "cadastre.decodingRefusal",
                                                new DecodingRefusal()));
    }
}
