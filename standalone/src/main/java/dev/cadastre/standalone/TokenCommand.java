package dev.cadastre.standalone;

import dev.cadastre.http.access.Right;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.access.Token;
import dev.cadastre.http.access.TokenStore;
import dev.cadastre.standalone.client.CommandRefused;
import dev.cadastre.standalone.client.Console;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Works on the files of the trust directory; a running server follows within a second. */
@Command(
        name = "token",
        description = "Create, revoke and list tokens.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(create | revoke | list)")
final class TokenCommand {

    @Command(
            name = "create",
            description = "Create a token and print it: it is shown this once.",
            mixinStandardHelpOptions = true)
    int create(
            @Option(
                            names = "--role",
                            required = true,
                            split = ",",
                            description = "${COMPLETION-CANDIDATES}; may be repeated.")
                    Set<Role> roles,
            @Option(
                            names = "--right",
                            split = ",",
                            description =
                                    "${COMPLETION-CANDIDATES}: to record facts with an effective"
                                            + " time before now; to retract facts.")
                    @Nullable Set<Right> rights,
            @Option(names = "--label", defaultValue = "", description = "For people.") String label,
            @Option(
                            names = "--principal",
                            description =
                                    "Opaque id that events record; default: one is made up. No"
                                            + " names: the log keeps it for ever.")
                    @Nullable String principal,
            @Option(names = "--data", description = DATA) @Nullable Path data,
            @Option(names = "--trust-dir", description = TRUST) @Nullable Path trust) {
        Set<Right> granted = rights == null ? EnumSet.noneOf(Right.class) : rights;
        var created = store(data, trust).create(label, principal, roles, granted);
        Console.result(created.text());
        Console.message(
                "Token " + created.token().id() + " (" + words(created.token().roles()) + ")");
        return 0;
    }

    @Command(
            name = "revoke",
            description = "Revoke a token by its id.",
            mixinStandardHelpOptions = true)
    int revoke(
            @Parameters(paramLabel = "ID", description = "As \"token list\" shows it.") String id,
            @Option(names = "--data", description = DATA) @Nullable Path data,
            @Option(names = "--trust-dir", description = TRUST) @Nullable Path trust) {
        if (!store(data, trust).revoke(id)) {
            throw new CommandRefused(
                    "There is no token " + id + " to revoke; \"cadastre token list\" shows them.");
        }
        Console.message("Token " + id + " is revoked.");
        return 0;
    }

    @Command(
            name = "list",
            description = "List the tokens; their texts are not known any more.",
            mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--data", description = DATA) @Nullable Path data,
            @Option(names = "--trust-dir", description = TRUST) @Nullable Path trust) {
        for (Token token : store(data, trust).list()) {
            Console.result(
                    String.join(
                            "\t",
                            token.id(),
                            words(token.roles()),
                            words(token.rights()),
                            token.principal(),
                            token.createdAt().toString(),
                            token.revokedAt() == null ? "valid" : "revoked",
                            token.label()));
        }
        return 0;
    }

    private static final String DATA =
            "Data directory of the register (default: the demo estate's, data/demo).";
    private static final String TRUST = "Trust directory (default: beside the data directory).";

    private static TokenStore store(@Nullable Path data, @Nullable Path trust) {
        return TokenStore.open(Directories.of(data, trust, false).trust(), Clock.systemUTC());
    }

    private static String words(Set<? extends Enum<?>> constants) {
        return constants.stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(","));
    }
}
