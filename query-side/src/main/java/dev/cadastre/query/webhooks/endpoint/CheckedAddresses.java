package dev.cadastre.query.webhooks.endpoint;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Resolves names to those of their addresses that may be connected to. What it answers is what is
 * connected to: no name is resolved a second time, so a name that changes its address between two
 * looks gains nothing. An address that is given as such is checked all the same.
 */
final class CheckedAddresses extends AddressResolverGroup<InetSocketAddress> {

    private final NameLookup names;
    private final Predicate<InetAddress> allowed;

    CheckedAddresses(NameLookup names, Predicate<InetAddress> allowed) {
        this.names = names;
        this.allowed = allowed;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {

            /** Never, so that literal addresses do not get round the check. */
            @Override
            protected boolean doIsResolved(InetSocketAddress address) {
                return false;
            }

            @Override
            protected void doResolve(InetSocketAddress name, Promise<InetSocketAddress> promise) {
                lookUp(
                        promise,
                        () -> promise.trySuccess(CheckedAddresses.this.resolve(name).getFirst()));
            }

            @Override
            protected void doResolveAll(
                    InetSocketAddress name, Promise<List<InetSocketAddress>> promise) {
                lookUp(promise, () -> promise.trySuccess(CheckedAddresses.this.resolve(name)));
            }
        };
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Off the event loop, which a slow name server would hold up for everybody. */
    private static void lookUp(Promise<?> promise, Work work) {
        Thread.ofVirtual()
                .name("webhook-name")
                .start(
                        () -> {
                            try {
                                work.run();
                            } catch (Exception e) {
                                promise.tryFailure(e);
                            }
                        });
    }

    private List<InetSocketAddress> resolve(InetSocketAddress name)
            throws UnknownHostException, ForbiddenAddress {
        List<InetAddress> found =
                name.isUnresolved()
                        ? names.addresses(name.getHostString())
                        : List.of(name.getAddress());
        List<InetSocketAddress> checked =
                found.stream()
                        .filter(allowed)
                        .map(address -> new InetSocketAddress(address, name.getPort()))
                        .toList();
        if (checked.isEmpty()) {
            throw new ForbiddenAddress(
                    name.getHostString()
                            + " has the address "
                            + found.getFirst().getHostAddress()
                            + ", to which nothing is sent.");
        }
        return checked;
    }
}
