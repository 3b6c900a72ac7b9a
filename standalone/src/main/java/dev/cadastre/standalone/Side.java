package dev.cadastre.standalone;

import dev.cadastre.command.config.CommandSideConfiguration;
import dev.cadastre.query.config.QuerySideConfiguration;
import java.util.List;

/** Which sides a process runs. On the embedded store one process runs both. */
enum Side {
    BOTH(CommandSideConfiguration.class, QuerySideConfiguration.class, QueryMetrics.class),
    COMMAND(CommandSideConfiguration.class),
    QUERY(QuerySideConfiguration.class, QueryMetrics.class);

    private final List<Class<?>> configurations;

    Side(Class<?>... configurations) {
        this.configurations = List.of(configurations);
    }

    List<Class<?>> configurations() {
        return configurations;
    }
}
