package dev.cadastre.standalone.queries;

import picocli.CommandLine.Command;

/** What the register holds. */
@Command(
        name = "get",
        description = "Show CIs, assets or how many there are, now or as of any instant.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(cis | assets | counts)",
        subcommands = {GetCis.class, GetAssets.class, GetCounts.class})
public final class GetCommand {}
