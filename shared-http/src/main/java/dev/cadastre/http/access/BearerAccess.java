package dev.cadastre.http.access;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * Opens the API to bearer tokens: without a session, without a form, without a cookie. Every role
 * reads; commands need an operator, imports an importer, and an administrator may do everything.
 */
public final class BearerAccess {

    private static final String SCHEME = "Bearer ";

    private final TokenStore tokens;

    public BearerAccess(TokenStore tokens) {
        this.tokens = tokens;
    }

    /**
     * The filter that authenticates and authorizes each request and sets {@link Caller#ATTRIBUTE}.
     */
    public WebFilter filter() {
        WebFilterChainProxy proxy = new WebFilterChainProxy(chain());
        proxy.setFirewall(firewall());
        proxy.setExchangeRejectedHandler(
                (exchange, rejection) ->
                        Mono.error(
                                new ProblemException(
                                        ProblemType.MALFORMED,
                                        "The request's method or path is not allowed.",
                                        rejection)));
        return proxy;
    }

    private SecurityWebFilterChain chain() {
        return ServerHttpSecurity.http()
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .anonymous(ServerHttpSecurity.AnonymousSpec::disable)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                // Each answer says itself how long it may be kept: final ones for ever.
                .headers(headers -> headers.cache(ServerHttpSecurity.HeaderSpec.CacheSpec::disable))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authenticationManager(this::authenticate)
                .addFilterAt(authentication(), SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(BearerAccess::rules)
                .exceptionHandling(
                        handling ->
                                handling.authenticationEntryPoint(
                                                (exchange, failure) ->
                                                        Mono.error(unauthenticated()))
                                        .accessDeniedHandler(
                                                (exchange, denial) -> Mono.error(forbidden())))
                .build();
    }

    private static void rules(ServerHttpSecurity.AuthorizeExchangeSpec rules) {
        String administrator = Role.ADMINISTRATOR.name();
        String[] everyone = List.of(Role.values()).stream().map(Role::name).toArray(String[]::new);
        rules.pathMatchers(HttpMethod.GET, "/actuator/health", "/actuator/health/**")
                .permitAll()
                .pathMatchers(HttpMethod.HEAD, "/actuator/health")
                .permitAll()
                .pathMatchers(HttpMethod.POST, "/api/v1/imports")
                .hasAnyAuthority(Role.IMPORTER.name(), administrator)
                .pathMatchers(HttpMethod.GET, "/**")
                .hasAnyAuthority(everyone)
                .pathMatchers(HttpMethod.HEAD, "/**")
                .hasAnyAuthority(everyone)
                .anyExchange()
                .hasAnyAuthority(Role.OPERATOR.name(), administrator);
    }

    private WebFilter authentication() {
        AuthenticationWebFilter filter =
                new AuthenticationWebFilter((ReactiveAuthenticationManager) this::authenticate);
        filter.setServerAuthenticationConverter(BearerAccess::presented);
        filter.setSecurityContextRepository(NoOpServerSecurityContextRepository.getInstance());
        filter.setAuthenticationSuccessHandler(
                (filtered, authentication) -> {
                    ServerWebExchange exchange = filtered.getExchange();
                    exchange.getAttributes().put(Caller.ATTRIBUTE, authentication.getPrincipal());
                    return filtered.getChain().filter(exchange);
                });
        filter.setAuthenticationFailureHandler(
                (filtered, failure) -> Mono.error(unauthenticated()));
        return filter;
    }

    private static Mono<Authentication> presented(ServerWebExchange exchange) {
        String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Mono.empty();
        }
        // RFC 9110: the name of the scheme has no letter case.
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Mono.error(unauthenticated());
        }
        return Mono.just(new PresentedToken(header.substring(SCHEME.length()).strip()));
    }

    private Mono<Authentication> authenticate(Authentication presented) {
        return presented instanceof PresentedToken token
                ? tokens.caller(token.getCredentials())
                        .<Mono<Authentication>>map(caller -> Mono.just(new KnownCaller(caller)))
                        .orElseGet(() -> Mono.error(unauthenticated()))
                : Mono.just(presented);
    }

    /**
     * Ids may hold any character, so an encoded slash, percent sign, semicolon or backslash is no
     * attack here: routes and access rules match the same decoded path segments.
     */
    private static StrictServerWebExchangeFirewall firewall() {
        StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
        firewall.setAllowSemicolon(true);
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPeriod(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowBackSlash(true);
        firewall.setAllowNull(true);
        firewall.setAllowUrlEncodedCarriageReturn(true);
        firewall.setAllowUrlEncodedLineFeed(true);
        firewall.setAllowUrlEncodedLineSeparator(true);
        firewall.setAllowUrlEncodedParagraphSeparator(true);
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderValues(value -> true);
        firewall.setAllowedParameterValues(value -> true);
        firewall.setAllowedParameterNames(name -> true);
        return firewall;
    }

    private static ProblemException unauthenticated() {
        return new ProblemException(
                ProblemType.UNAUTHENTICATED,
                "Send a valid token: Authorization: Bearer TOKEN. The first one is in admin.token in"
                        + " the data directory; \"cadastre token create\" makes others.");
    }

    private static ProblemException forbidden() {
        return new ProblemException(
                ProblemType.FORBIDDEN,
                "The token's roles do not allow this: commands need the role operator, imports the"
                        + " role importer.");
    }
}
