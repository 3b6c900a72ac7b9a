package dev.cadastre.standalone;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Reads from the routes themselves which method they take at which path. */
final class RoutedOperations implements RouterFunctions.Visitor {

    private final SortedSet<String> operations = new TreeSet<>();

    SortedSet<String> all() {
        return operations;
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
        MethodAndPath read = new MethodAndPath();
        predicate.accept(read);
        for (HttpMethod method : read.methods) {
            operations.add(method.name() + " " + read.path);
        }
    }

    @Override
    public void startNested(RequestPredicate predicate) {
        throw new IllegalStateException("routes are not nested: " + predicate);
    }

    @Override
    public void endNested(RequestPredicate predicate) {}

    @Override
    public void resources(Function<ServerRequest, Mono<Resource>> lookup) {
        throw new IllegalStateException("resources are routes of their own");
    }

    @Override
    public void attributes(Map<String, Object> attributes) {}

    @Override
    public void unknown(RouterFunction<?> routerFunction) {
        throw new IllegalStateException("what does this route? " + routerFunction);
    }

    private static final class MethodAndPath implements RequestPredicates.Visitor {
        private Set<HttpMethod> methods = Set.of();
        private String path = "";

        @Override
        public void method(Set<HttpMethod> methods) {
            this.methods = methods;
        }

        @Override
        public void path(String pattern) {
            this.path = pattern;
        }

        @Override
        @Deprecated
        public void pathExtension(String extension) {}

        @Override
        public void header(String name, String value) {}

        @Override
        public void queryParam(String name, String value) {}

        @Override
        public void version(String version) {}

        @Override
        public void startAnd() {}

        @Override
        public void and() {}

        @Override
        public void endAnd() {}

        @Override
        public void startOr() {
            throw new IllegalStateException("a route has one method and one path");
        }

        @Override
        public void or() {}

        @Override
        public void endOr() {}

        @Override
        public void startNegate() {}

        @Override
        public void endNegate() {}

        @Override
        public void unknown(RequestPredicate predicate) {}
    }
}
