package dev.cadastre.http.limits;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Where the server listens on a loopback address only, a request for another host name comes from a
 * web page that had its own name resolve to this machine (DNS rebinding). It is refused.
 */
public final class HostCheck implements WebFilter, Ordered {

    private final Set<String> hosts;

    /**
     * @param bindAddress the address that the server listens on
     */
    public HostCheck(String bindAddress) {
        this.hosts = isLoopback(bindAddress) ? loopbackNames(bindAddress) : Set.of();
    }

    @Override
    public int getOrder() {
        return -300;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (hosts.isEmpty() || hosts.contains(host(exchange))) {
            return chain.filter(exchange);
        }
        return Mono.error(
                new ProblemException(
                        ProblemType.WRONG_HOST,
                        "This server listens on this machine only and answers to localhost,"
                                + " 127.0.0.1 and [::1]. Start it with --bind to serve others."));
    }

    private static String host(ServerWebExchange exchange) {
        String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.HOST);
        if (header == null) {
            return "";
        }
        int bracket = header.indexOf(']');
        int colon = header.indexOf(':', Math.max(bracket, 0));
        return (colon < 0 ? header : header.substring(0, colon)).toLowerCase(Locale.ROOT);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Set<String> loopbackNames(String bindAddress) {
        Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
        names.add(bindAddress.toLowerCase(Locale.ROOT));
        return names;
    }
}
