package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.answers.Kind;
import picocli.CommandLine.Command;

@Command(name = "assets", description = "Show assets, or one of them.")
final class GetAssets extends GetThings {
    GetAssets() {
        super(Kind.ASSETS);
    }
}
