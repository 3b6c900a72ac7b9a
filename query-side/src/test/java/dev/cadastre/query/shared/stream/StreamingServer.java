package dev.cadastre.query.shared.stream;

import dev.cadastre.http.access.TokenStore;
import dev.cadastre.http.config.HttpSettings;
import java.time.Duration;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;

/** Serves routes of a test alone, on a free port. */
public final class StreamingServer {

    private StreamingServer() {}

    /**
     * @param application has the routes
     * @param atOnce how many requests are worked on at once
     * @param longestStall how long a client may take nothing
     */
    public static ReactiveWebServerApplicationContext start(
            Class<?> application, TokenStore tokens, int atOnce, Duration longestStall) {
        HttpSettings settings = new HttpSettings("127.0.0.1", 0, 1_000, atOnce, longestStall);
        return (ReactiveWebServerApplicationContext)
                new SpringApplicationBuilder(application)
                        .web(WebApplicationType.REACTIVE)
                        .bannerMode(Banner.Mode.OFF)
                        .initializers(
                                context -> {
                                    var beans = context.getBeanFactory();
                                    beans.registerSingleton("tokenStore", tokens);
                                    beans.registerSingleton("settings", settings);
                                })
                        .run();
    }
}
