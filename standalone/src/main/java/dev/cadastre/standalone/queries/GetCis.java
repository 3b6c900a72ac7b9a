package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.answers.Kind;
import picocli.CommandLine.Command;

@Command(name = "cis", description = "Show configuration items, or one of them.")
final class GetCis extends GetThings {
    GetCis() {
        super(Kind.CIS);
    }
}
