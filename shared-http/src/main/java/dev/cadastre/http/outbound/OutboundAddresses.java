package dev.cadastre.http.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The addresses that the server may connect to when a caller names them: those of the public
 * internet, and those that the operator allows besides. Whatever the special-purpose registries of
 * IANA (RFC 6890) keep from the public internet - loopback, private, shared, link-local, multicast,
 * documentation and reserved blocks - is not public; an IPv6 address that stands for an IPv4
 * address is judged as that one. Immutable.
 */
public final class OutboundAddresses {

    /** The public internet only. */
    public static final OutboundAddresses PUBLIC = new OutboundAddresses(List.of());

    private static final List<Network> NOT_PUBLIC =
            networks(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "2001::/23",
                    "2001:db8::/32",
                    "3fff::/20");

    private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");
    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
    private static final Network COMPATIBLE = Network.parse("::/96");

    private final List<Network> allowed;

    private OutboundAddresses(List<Network> allowed) {
        this.allowed = allowed;
    }

    /**
     * The public internet and these networks.
     *
     * @param networks each as {@code address/bits}, for example {@code 10.2.0.0/16}
     * @throws IllegalArgumentException if one of them is no network
     */
    public static OutboundAddresses publicAnd(Collection<String> networks) {
        return new OutboundAddresses(networks.stream().map(Network::parse).toList());
    }

    /** Whether it may be connected to at all. */
    public boolean allows(InetAddress address) {
        return isAllowedBesides(address) || isPublic(address);
    }

    /** Whether it lies in a network that the operator allows besides the public internet. */
    public boolean isAllowedBesides(InetAddress address) {
        return contains(allowed, embedded(address.getAddress()));
    }

    /** Whether the operator allows any network besides the public internet. */
    public boolean allowsOthers() {
        return !allowed.isEmpty();
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = embedded(address.getAddress());
        return !contains(NOT_PUBLIC, bytes)
                && (bytes.length == 4 || GLOBAL_UNICAST.contains(bytes))
                && !(address instanceof Inet6Address scoped && scoped.getScopeId() != 0);
    }

    /** The IPv4 address that an IPv6 address stands for on its way; else the address itself. */
    private static byte[] embedded(byte[] bytes) {
        if (bytes.length == 4) {
            return bytes;
        }
        if (SIX_TO_FOUR.contains(bytes)) {
            return Arrays.copyOfRange(bytes, 2, 6);
        }
        boolean mapped = bytes[10] == -1 && bytes[11] == -1;
        if (mapped) {
            byte[] prefix = bytes.clone();
            prefix[10] = 0;
            prefix[11] = 0;
            mapped = COMPATIBLE.contains(prefix);
        }
        boolean compatible = COMPATIBLE.contains(bytes) && !isLoopbackOrUnspecified(bytes);
        return mapped || compatible || NAT64.contains(bytes)
                ? Arrays.copyOfRange(bytes, 12, 16)
                : bytes;
    }

    private static boolean isLoopbackOrUnspecified(byte[] bytes) {
        return bytes[12] == 0 && bytes[13] == 0 && bytes[14] == 0 && (bytes[15] & 0xFE) == 0;
    }

    private static boolean contains(List<Network> networks, byte[] address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts).map(Network::parse).toList();
    }
}
