package dev.cadastre.query.webhooks.endpoint;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Predicate;

/**
 * The last look before a connection is made, at the very address: whatever came to it and however.
 */
@Sharable
final class AddressGuard extends ChannelOutboundHandlerAdapter {

    private final Predicate<InetAddress> allowed;

    AddressGuard(Predicate<InetAddress> allowed) {
        this.allowed = allowed;
    }

    @Override
    public void connect(
            ChannelHandlerContext context,
            SocketAddress remote,
            SocketAddress local,
            ChannelPromise promise)
            throws Exception {
        if (remote instanceof InetSocketAddress address
                && !address.isUnresolved()
                && allowed.test(address.getAddress())) {
            super.connect(context, remote, local, promise);
        } else {
            promise.tryFailure(new ForbiddenAddress(remote + " is no address to send to."));
        }
    }
}
