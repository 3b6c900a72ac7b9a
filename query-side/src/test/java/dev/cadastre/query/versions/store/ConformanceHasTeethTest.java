package dev.cadastre.query.versions.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store that does nothing fails every test of the suite. */
class ConformanceHasTeethTest {

    @Test
    void a_store_that_does_nothing_fails_every_test() {
        List<Method> tests =
                Arrays.stream(VersionStoreConformance.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .toList();
        assertThat(tests).isNotEmpty();
        for (Method test : tests) {
            VersionStoreConformance suite = new DoesNothing();
            suite.openStore();
            assertThatThrownBy(() -> test.invoke(suite)).as(test.getName()).isNotNull();
        }
    }

    private static final class DoesNothing extends VersionStoreConformance {
        @Override
        protected VersionStore open(Path directory) {
            return (VersionStore)
                    Proxy.newProxyInstance(
                            VersionStore.class.getClassLoader(),
                            new Class<?>[] {VersionStore.class},
                            (_, method, _) ->
                                    method.getReturnType() == List.class ? List.of() : null);
        }
    }
}
