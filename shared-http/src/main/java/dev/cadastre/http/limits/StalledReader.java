package dev.cadastre.http.limits;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose client takes nothing of an answer that waits for it. Without this, each
 * such client would hold what was made for it, and its place among the requests under way, for as
 * long as it likes.
 */
final class StalledReader extends IdleStateHandler {

    /**
     * @param longestStall the connection is closed after that time at the earliest, and after twice
     *     that time at the latest
     */
    StalledReader(Duration longestStall) {
        super(true, 0, longestStall.toMillis(), 0, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
        // The first event comes also where something has only just begun to wait.
        if (!event.isFirst() && waiting != null && waiting.totalPendingWriteBytes() > 0) {
            context.close();
        }
    }
}
