package dev.cadastre.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "64:ff9b::101:101",
                "2002:101:101::1"
            })
    void what_lies_on_the_public_internet_is_allowed(String address) throws UnknownHostException {
        assertThat(OutboundAddresses.PUBLIC.allows(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:0:10.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1.1.1.1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a9fe:a9fe::1",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void whatever_is_not_public_is_refused(String address) throws UnknownHostException {
        assertThat(OutboundAddresses.PUBLIC.allows(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void an_ipv4_address_mapped_into_ipv6_is_judged_as_what_it_is() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};

        assertThat(OutboundAddresses.PUBLIC.allows(Inet6Address.getByAddress(null, mapped, -1)))
                .isFalse();
    }

    @Test
    void a_network_that_the_operator_names_is_allowed_and_its_neighbours_are_not()
            throws UnknownHostException {
        OutboundAddresses addresses =
                OutboundAddresses.publicAnd(List.of("10.2.128.0/17", "fd00::/8", "127.0.0.1"));

        assertThat(addresses.allows(InetAddress.getByName("10.2.128.0"))).isTrue();
        assertThat(addresses.allows(InetAddress.getByName("10.2.255.255"))).isTrue();
        assertThat(addresses.allows(InetAddress.getByName("10.2.127.255"))).isFalse();
        assertThat(addresses.allows(InetAddress.getByName("fd12::1"))).isTrue();
        assertThat(addresses.allows(InetAddress.getByName("fc12::1"))).isFalse();
        assertThat(addresses.allows(InetAddress.getByName("127.0.0.1"))).isTrue();
        assertThat(addresses.allows(InetAddress.getByName("127.0.0.2"))).isFalse();
        assertThat(addresses.allows(InetAddress.getByName("1.1.1.1"))).isTrue();
        assertThat(addresses.isAllowedBesides(InetAddress.getByName("1.1.1.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0/8",
                "fd00::/129",
                "10.0.0.0/eight",
                "300.0.0.0/8",
                "cafe/8",
                "::1::/8"
            })
    void what_is_no_network_is_refused(String text) {
        assertThatThrownBy(() -> OutboundAddresses.publicAnd(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no network");
    }
}
