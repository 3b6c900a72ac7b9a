package dev.cadastre.standalone.demo;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded at once.
 *
 * @param effectiveAt null for what is not bounded in valid time
 * @param id names it for ever, so that loading again skips it
 */
record DemoChange(
        String id, @Nullable Instant effectiveAt, String reason, List<DemoCommand> commands) {}
