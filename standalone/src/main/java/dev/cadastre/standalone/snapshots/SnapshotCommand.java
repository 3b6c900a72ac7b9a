package dev.cadastre.standalone.snapshots;

import picocli.CommandLine.Command;

/** Named states of the register that stay what they were. */
@Command(
        name = "snapshot",
        description = "Take snapshots of the register, look at them, and check that they hold.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(take | list | show | items | verify | corrections)",
        subcommands = {
            TakeSnapshot.class,
            ListSnapshots.class,
            ShowSnapshot.class,
            SnapshotItems.class,
            VerifySnapshot.class,
            SnapshotCorrections.class
        })
public final class SnapshotCommand {}
