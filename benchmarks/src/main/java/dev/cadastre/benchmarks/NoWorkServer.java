package dev.cadastre.benchmarks;

import dev.cadastre.http.access.AdministratorToken;
import dev.cadastre.http.access.TokenStore;
import dev.cadastre.http.config.HttpConfiguration;
import dev.cadastre.http.config.HttpSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The limit of HTTP: reads a JSON body behind the product's filters and answers at once. */
public final class NoWorkServer {

    private NoWorkServer() {}

    public static void main(String[] arguments) throws Exception {
        Path trust = Files.createDirectories(Path.of(arguments[0]));
        TokenStore tokens = TokenStore.open(trust, Clock.systemUTC());
        AdministratorToken.ensure(tokens, trust, null);
        SpringApplication application = new SpringApplication(Routes.class);
        application.setWebApplicationType(WebApplicationType.REACTIVE);
        application.setBannerMode(Banner.Mode.OFF);
        application.addInitializers(
                context -> {
                    var beans = context.getBeanFactory();
                    beans.registerSingleton("tokenStore", tokens);
                    beans.registerSingleton("httpSettings", HttpSettings.of("127.0.0.1", 0));
                });
        var context = (ReactiveWebServerApplicationContext) application.run();
        System.out.println("ready http://127.0.0.1:" + context.getWebServer().getPort());
    }

    @Configuration(proxyBeanMethods = false)
    @Import(HttpConfiguration.class)
    static class Routes {

        @Bean
        RouterFunction<ServerResponse> nothing() {
            return RouterFunctions.route()
                    .POST(
                            "/api/v1/nothing",
                            request ->
                                    request.bodyToMono(byte[].class)
                                            .flatMap(
                                                    body ->
                                                            ServerResponse.ok()
                                                                    .bodyValue(
                                                                            Map.of(
                                                                                    "bytes",
                                                                                    body.length))))
                    .build();
        }
    }
}
