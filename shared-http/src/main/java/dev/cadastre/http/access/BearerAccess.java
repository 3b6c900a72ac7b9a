package dev.cadastre.http.access;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authorization.AuthorizationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.header.CompositeServerHttpHeadersWriter;
import org.springframework.security.web.server.header.HttpHeaderWriterWebFilter;
import org.springframework.security.web.server.header.XContentTypeOptionsServerHttpHeadersWriter;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Opens the API to bearer tokens: without a session, without a form, without a cookie. Every role
 * reads; commands need an operator, imports an importer, and an administrator may do everything.
 * Health and the description of the API can be read without a token.
 */
public final class BearerAccess {

    private static final String SCHEME = "Bearer ";

    /** What holds nothing of anybody's estate. */
    private static final List<PathPattern> PUBLIC =
            Stream.of(
                            "/actuator/health",
                            "/",
                            "/openapi.json",
                            "/asyncapi.json",
                            "/docs",
                            "/docs/",
                            "/docs/{asset}")
                    .map(PathPatternParser.defaultInstance::parse)
                    .toList();

    private static final PathPattern IMPORTS =
            PathPatternParser.defaultInstance.parse("/api/v1/imports");
    private static final Mono<AuthorizationResult> GRANTED =
            Mono.just(new AuthorizationDecision(true));

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

    /**
     * Only the filters that are needed: the chain that Spring Security makes by default costs twice
     * as much per request, and a request here costs little else.
     */
    private SecurityWebFilterChain chain() {
        return new MatcherSecurityWebFilterChain(
                ServerWebExchangeMatchers.anyExchange(),
                List.of(
                        new HttpHeaderWriterWebFilter(
                                new CompositeServerHttpHeadersWriter(
                                        new XContentTypeOptionsServerHttpHeadersWriter(),
                                        new XFrameOptionsServerHttpHeadersWriter())),
                        authentication(),
                        new AuthorizationWebFilter(
                                (authentication, exchange) -> authorize(exchange))));
    }

    private static Mono<AuthorizationResult> authorize(ServerWebExchange exchange) {
        HttpMethod method = exchange.getRequest().getMethod();
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        boolean reads = HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
        if (reads && PUBLIC.stream().anyMatch(open -> open.matches(path))) {
            return GRANTED;
        }
        if (!(exchange.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller)) {
            return Mono.error(unauthenticated());
        }
        Role needed =
                HttpMethod.POST.equals(method) && IMPORTS.matches(path)
                        ? Role.IMPORTER
                        : Role.OPERATOR;
        boolean granted = reads ? !caller.roles().isEmpty() : caller.has(needed);
        return granted ? GRANTED : Mono.error(forbidden());
    }

    private WebFilter authentication() {
        AuthenticationWebFilter filter =
                new AuthenticationWebFilter((ReactiveAuthenticationManager) this::authenticate);
        filter.setServerAuthenticationConverter(BearerAccess::presented);
        filter.setSecurityContextRepository(NoOpServerSecurityContextRepository.getInstance());
        filter.setAuthenticationSuccessHandler(
                (filtered, authentication) -> {
                    ServerWebExchange exchange = filtered.getExchange();
                    if (authentication instanceof KnownCaller known) {
                        exchange.getAttributes().put(Caller.ATTRIBUTE, known.getPrincipal());
                        exchange.getAttributes().put(TokenCheck.ATTRIBUTE, known.check());
                    }
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
                        .<Mono<Authentication>>map(caller -> Mono.just(known(token, caller)))
                        .orElseGet(() -> Mono.error(unauthenticated()))
                : Mono.just(presented);
    }

    private KnownCaller known(PresentedToken token, Caller caller) {
        return new KnownCaller(caller, new TokenCheck(tokens, token.getCredentials(), caller));
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
