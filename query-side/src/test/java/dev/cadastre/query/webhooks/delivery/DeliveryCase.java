package dev.cadastre.query.webhooks.delivery;

import dev.cadastre.query.webhooks.endpoint.EndpointLimits;
import dev.cadastre.query.webhooks.receivers.Receiver;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A receiver that takes everything, and deliveries, anew for each test. */
abstract class DeliveryCase {

    @TempDir Path directory;

    Receiver receiver;
    Deliverer deliverer;

    @BeforeEach
    void startBoth() throws Exception {
        receiver = Receiver.start();
        deliverer = Deliverer.start(directory, limits());
    }

    @AfterEach
    void stopBoth() {
        deliverer.close();
        receiver.close();
    }

    /** What receivers may take of the deliverer. */
    EndpointLimits limits() {
        return EndpointLimits.DEFAULT;
    }

    /** All positions from the first one on. */
    static List<Long> upTo(long position) {
        return LongStream.rangeClosed(0, position).boxed().toList();
    }
}
