package dev.cadastre.standalone.queries;

import picocli.CommandLine.Command;

@Command(
        name = "cis",
        description = "Show configuration items, or one of them.",
        mixinStandardHelpOptions = true)
final class GetCis extends GetThings {
    GetCis() {
        super(Kind.CIS);
    }
}
