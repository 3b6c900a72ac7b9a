package dev.cadastre.standalone.demo;

import java.util.Map;
import java.util.TreeMap;

/** One command as the API takes it in a change set. */
record DemoCommand(String method, String path, Map<String, Object> body) {

    DemoCommand {
        body = new TreeMap<>(body);
    }
}
