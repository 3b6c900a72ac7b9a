package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.config.LogPlace;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that copies a log from one directory to another, and prints how far it is. */
final class CopyingProcess {

    private CopyingProcess() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        new LogPlace.Directory(Path.of(arguments[0]))
                .copyTo(new LogPlace.Directory(Path.of(arguments[1])), out::println, out::println);
    }
}
