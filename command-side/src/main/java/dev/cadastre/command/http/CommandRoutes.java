package dev.cadastre.command.http;

import java.util.List;

/** The commands that one feature serves. */
public record CommandRoutes(List<CommandRoute> routes) {

    public CommandRoutes {
        routes = List.copyOf(routes);
    }
}
