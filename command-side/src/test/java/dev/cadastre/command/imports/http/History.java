package dev.cadastre.command.imports.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes history files line by line; numbers the lines. */
final class History {

    private final StringBuilder lines = new StringBuilder();
    private int sequence;

    History register(String change, String ci) {
        return register(change, ci, "\"set\":{\"cores\":4,\"spare\":false}");
    }

    History register(String change, String ci, String more) {
        return line(change, "register", ci, "\"class\":\"host\"," + more);
    }

    History update(String change, String ci, String more) {
        return line(change, "update", ci, more);
    }

    History remove(String change, String ci) {
        return line(change, "remove", ci, "\"class\":\"host\"");
    }

    private History line(String change, String operation, String ci, String more) {
        sequence++;
        lines.append("{\"seq\":")
                .append(sequence)
                .append(",\"at\":\"2020-01-01T00:00:00Z\",\"by\":\"ada\",")
                .append("\"reason\":\"because\",\"change\":\"")
                .append(change)
                .append("\",\"op\":\"")
                .append(operation)
                .append("\",\"ci\":\"")
                .append(ci)
                .append("\",")
                .append(more)
                .append("}\n");
        return this;
    }

    /** Leaves one number out. */
    History gap() {
        sequence++;
        return this;
    }

    History raw(String text) {
        lines.append(text);
        return this;
    }

    @Override
    public String toString() {
        return lines.toString();
    }

    byte[] bytes() {
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] zipped() throws IOException {
        return zip(bytes());
    }

    static byte[] zip(byte[] plain) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(plain);
        }
        return zipped.toByteArray();
    }
}
