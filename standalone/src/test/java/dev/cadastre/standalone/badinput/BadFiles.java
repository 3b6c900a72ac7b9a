package dev.cadastre.standalone.badinput;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Histories that cannot be imported, or not wholly. */
final class BadFiles {

    /** Registers the CI {@code kept} in a change of its own, before anything goes wrong. */
    private static final String KEPT = line(1, "kept", "register", "kept", "");

    private BadFiles() {}

    /**
     * A history of a change that is taken and one that is not.
     *
     * @param wrong what is wrong with it, in words
     * @param status the one it is answered with
     * @param fault the line to be named; 0 where there are no lines
     * @param ends whether the run ends there, instead of going on with the next change
     */
    record BadFile(String wrong, byte[] bytes, int status, int fault, boolean ends) {

        @Override
        public String toString() {
            return wrong;
        }
    }

    static List<BadFile> all() {
        List<BadFile> all = new ArrayList<>();
        all.add(rejected("a relation to an absent CI", relation("absent")));
        all.add(rejected("a registration of a present CI", register("kept", "")));
        all.add(rejected("an update of an absent CI", line(2, "bad", "update", "bad", "")));
        all.add(rejected("a removal of an absent CI", line(2, "bad", "remove", "bad", "")));
        all.add(rejected("an unknown field", register("bad", ",\"colour\":\"red\"")));
        all.add(rejected("an unknown operation", line(2, "bad", "melt", "bad", "")));
        all.add(rejected("a decimal number", register("bad", ",\"set\":{\"a\":1.5}")));
        all.add(rejected("a nested value", register("bad", ",\"set\":{\"a\":{\"b\":1}}")));
        all.add(
                rejected(
                        "a number too large",
                        register("bad", ",\"set\":{\"a\":9007199254740992}")));
        all.add(rejected("a set that is none", register("bad", ",\"set\":7")));
        all.add(rejected("an empty id", register("", "")));
        all.add(rejected("an id of 301 characters", register("ü".repeat(301), "")));
        all.add(rejected("an id with a control character", register("bad\\u0007", "")));
        all.add(rejected("an id that means a folder", register("..", "")));
        all.add(rejected("half a character", register("bad\\ud800", "")));
        all.add(
                rejected(
                        "an impossible date",
                        register("bad", "").replace("2020-01-01", "2020-02-30")));
        all.add(rejected("no class", register("bad", "").replace(",\"class\":\"host\"", "")));
        all.add(ended("a gap in seq", register("bad", "").replace("\"seq\":2", "\"seq\":3"), 202));
        all.add(ended("no seq", register("bad", "").replace("\"seq\":2,", ""), 202));
        all.add(ended("a line that breaks off", register("bad", "").substring(0, 40), 202));
        all.add(ended("an array", "[]", 202));
        all.add(ended("no JSON", "seq;at;by", 202));
        all.add(ended("a line of 10 MB", register("bad", blanks(10 << 20)), 413));
        byte[] text = BadRequest.utf8(KEPT + "\n" + register("bad", "") + "\n");
        byte[] noText = text.clone();
        noText[noText.length - 3] = (byte) 0xff;
        all.add(new BadFile("bytes that are no text", noText, 202, 2, true));
        byte[] zipped = zipped(text);
        byte[] torn = Arrays.copyOf(zipped, zipped.length - 12);
        all.add(new BadFile("gzip that breaks off", torn, 202, 0, true));
        byte[] broken = zipped.clone();
        broken[broken.length - 6] ^= 0x55;
        all.add(new BadFile("gzip with a wrong checksum", broken, 202, 0, true));
        all.add(
                new BadFile(
                        "an over-compressed file",
                        zipped(BadRequest.utf8(KEPT + "\n" + " ".repeat(64 << 20))),
                        413,
                        0,
                        true));
        return all;
    }

    private static BadFile rejected(String wrong, String line) {
        return new BadFile(wrong, BadRequest.utf8(KEPT + "\n" + line + "\n"), 202, 2, false);
    }

    private static BadFile ended(String wrong, String line, int status) {
        return new BadFile(wrong, BadRequest.utf8(KEPT + "\n" + line + "\n"), status, 2, true);
    }

    private static String register(String ci, String more) {
        return line(2, "bad", "register", ci, more);
    }

    private static String relation(String to) {
        return register(
                "bad", ",\"relationsAdded\":[{\"type\":\"runs-on\",\"to\":\"" + to + "\"}]");
    }

    private static String line(int seq, String change, String op, String ci, String more) {
        return "{\"seq\":"
                + seq
                + ",\"at\":\"2020-01-01T00:00:00Z\",\"by\":\"user-1\",\"change\":\""
                + change
                + "\",\"op\":\""
                + op
                + "\",\"ci\":\""
                + ci
                + "\",\"class\":\"host\""
                + more
                + "}";
    }

    private static String blanks(int number) {
        return " ".repeat(number);
    }

    private static byte[] zipped(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
