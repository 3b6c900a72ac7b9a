package dev.cadastre.http.config;

import dev.cadastre.http.access.BearerAccess;
import dev.cadastre.http.access.TokenStore;
import dev.cadastre.http.description.DescriptionRoutes;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.limits.AfterTheLastRequest;
import dev.cadastre.http.limits.HeadAsGet;
import dev.cadastre.http.limits.HostCheck;
import dev.cadastre.http.limits.LiteralSemicolons;
import dev.cadastre.http.limits.NettyLimits;
import dev.cadastre.http.limits.ReadableAddress;
import dev.cadastre.http.limits.RequestsAtOnce;
import dev.cadastre.http.problem.AllowedMethods;
import dev.cadastre.http.problem.ProblemHandler;
import dev.cadastre.http.problem.ProblemTranslation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * The web server with problems, access and limits. Needs beans of {@link HttpSettings} and {@link
 * TokenStore}; serves every {@link RouterFunction} bean.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFlux
public class HttpConfiguration implements WebFluxConfigurer {

    private final HttpSettings settings;

    public HttpConfiguration(HttpSettings settings) {
        this.settings = settings;
    }

    @Override
    public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
        var codecs = configurer.defaultCodecs();
        codecs.maxInMemorySize(settings.bodyBytes());
        codecs.jacksonJsonDecoder(new JacksonJsonDecoder(HttpJson.mapper()));
        codecs.jacksonJsonEncoder(new JacksonJsonEncoder(HttpJson.mapper()));
    }

    @Bean
    NettyReactiveWebServerFactory webServer() throws UnknownHostException {
        NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(settings.port());
        factory.setAddress(InetAddress.getByName(settings.bindAddress()));
        factory.addServerCustomizers(server -> NettyLimits.apply(server, settings.longestStall()));
        return factory;
    }

    @Bean
    HttpHandler httpHandler(ApplicationContext context) {
        return new AfterTheLastRequest(WebHttpHandlerBuilder.applicationContext(context).build());
    }

    @Bean(destroyMethod = "close")
    BlockingWork blockingWork() {
        return new BlockingWork();
    }

    @Bean
    @Order(-1_000)
    ProblemHandler problemHandler(
            ObjectProvider<ProblemTranslation> translations, AllowedMethods allowedMethods) {
        return new ProblemHandler(
                HttpJson.mapper(), translations.orderedStream().toList(), allowedMethods);
    }

    @Bean
    AllowedMethods allowedMethods(ApplicationContext context) {
        ObjectProvider<RouterFunction<?>> routes =
                context.getBeanProvider(ResolvableType.forRawClass(RouterFunction.class));
        return new AllowedMethods(() -> List.copyOf(routes.orderedStream().toList()));
    }

    @Bean
    RouterFunction<ServerResponse> descriptionRoutes(BlockingWork work) {
        return DescriptionRoutes.of(work.scheduler());
    }

    @Bean
    HostCheck hostCheck() {
        return new HostCheck(settings.bindAddress());
    }

    @Bean
    ReadableAddress readableAddress() {
        return new ReadableAddress();
    }

    @Bean
    LiteralSemicolons literalSemicolons() {
        return new LiteralSemicolons();
    }

    @Bean
    RequestsAtOnce requestsAtOnce() {
        return new RequestsAtOnce(settings.requestsAtOnce());
    }

    @Bean
    @Order(-100)
    WebFilter access(TokenStore tokens) {
        return new BearerAccess(tokens).filter();
    }

    @Bean
    HeadAsGet headAsGet() {
        return new HeadAsGet();
    }
}
