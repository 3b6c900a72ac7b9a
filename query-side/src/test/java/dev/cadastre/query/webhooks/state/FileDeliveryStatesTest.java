package dev.cadastre.query.webhooks.state;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileDeliveryStatesTest extends DeliveryStatesConformance {

    @TempDir Path directory;

    @Override
    protected DeliveryStates open() {
        return FileDeliveryStates.in(directory);
    }
}
