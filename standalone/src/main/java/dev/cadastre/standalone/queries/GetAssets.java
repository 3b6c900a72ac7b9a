package dev.cadastre.standalone.queries;

import picocli.CommandLine.Command;

@Command(
        name = "assets",
        description = "Show assets, or one of them.",
        mixinStandardHelpOptions = true)
final class GetAssets extends GetThings {
    GetAssets() {
        super(Kind.ASSETS);
    }
}
