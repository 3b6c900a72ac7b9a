package dev.cadastre.query.register.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.temporal.TemporalIndex;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexImageFileTest {

    @TempDir Path directory;

    @Test
    void the_first_one_makes_the_directory_that_it_lies_in() {
        IndexImage image = new IndexImage(directory.resolve("data/index.image"));
        assertThat(image.load()).isEmpty();

        image.save(new TemporalIndex(RegisterKind.entityKinds()));

        assertThat(image.load()).isPresent();
    }
}
