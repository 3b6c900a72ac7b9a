package dev.cadastre.http.limits;

import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.problem.Problem;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Gives a body to the bare refusals that Netty sends for requests it cannot even decode: an
 * over-long request line or header, or no HTTP at all.
 */
final class DecodingRefusal extends ChannelOutboundHandlerAdapter {

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof FullHttpResponse bare
                && !bare.content().isReadable()
                && !bare.headers().contains(HttpHeaderNames.CONTENT_TYPE)) {
            ProblemException problem = problemOf(bare.status());
            if (problem != null) {
                bare.release();
                context.write(response(bare, problem), promise);
                return;
            }
        }
        context.write(message, promise);
    }

    private static FullHttpResponse response(FullHttpResponse bare, ProblemException problem) {
        byte[] body = HttpJson.mapper().writeValueAsBytes(Problem.members(problem, "about:blank"));
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(
                        bare.protocolVersion(),
                        HttpResponseStatus.valueOf(problem.type().status()),
                        Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    private static @Nullable ProblemException problemOf(HttpResponseStatus status) {
        return switch (status.code()) {
            case 400 ->
                    new ProblemException(
                            ProblemType.MALFORMED,
                            "The address or a header is malformed. Percent-encode as UTF-8 what an"
                                    + " address may not hold.");
            case 413, 431 ->
                    new ProblemException(
                            ProblemType.HEADERS_TOO_LARGE,
                            "The headers may have "
                                    + NettyLimits.HEADERS
                                    + " bytes together. Send less.");
            case 414 ->
                    new ProblemException(
                            ProblemType.REQUEST_LINE_TOO_LONG,
                            "The request line may have "
                                    + NettyLimits.REQUEST_LINE
                                    + " bytes. Send less in the address.");
            default -> null;
        };
    }
}
