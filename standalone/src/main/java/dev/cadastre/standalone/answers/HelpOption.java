package dev.cadastre.standalone.answers;

import picocli.CommandLine.Option;

/** Help for commands that mean by {@code --version} that of a thing, not of the product. */
public final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;
}
