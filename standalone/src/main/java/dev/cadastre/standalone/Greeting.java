package dev.cadastre.standalone;

import dev.cadastre.standalone.client.Console;
import dev.cadastre.standalone.demo.DemoQueries.Query;
import java.nio.file.Path;
import java.util.List;

/** What an operator reads when the server is ready. */
final class Greeting {

    private Greeting() {}

    /**
     * @param chosen whether the operator chose the administrator's token, who then knows it: what
     *     is printed ends up in logs
     */
    static void say(Server server, ServerSettings settings, boolean chosen, List<Query> queries) {
        Path data = settings.directories().data();
        Console.message(
                "Cadastre "
                        + ProductVersion.text()
                        + (settings.demo() ? " serves a fictional estate from " : " serves ")
                        + settings.storage().place(settings.directories()));
        Path file = data.resolve("admin.token");
        if (chosen) {
            Console.message("Administrator token: the one that CADASTRE_ADMIN_TOKEN gives");
        } else if (server.administratorToken() == null) {
            Console.message(
                    "Make a token with: cadastre token create --role reader --data " + data);
        } else {
            Console.message("Administrator token: " + server.administratorToken());
            Console.message("  kept in " + file + " until you delete it");
        }
        for (Query query : queries) {
            Console.message("");
            Console.message("# " + query.question());
            Console.message(
                    "curl -s -H \"Authorization: Bearer $(cat "
                            + file
                            + ")\" '"
                            + server.address()
                            + query.path()
                            + "'");
        }
        Console.result("ready " + server.address());
    }
}
