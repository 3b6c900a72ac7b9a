package dev.cadastre.command.assets.model;

import dev.cadastre.command.shared.Span;
import dev.cadastre.command.shared.Timeline;
import dev.cadastre.events.asset.AssetField;
import java.util.ArrayList;
import java.util.List;

/**
 * A value that at most one asset has at any instant.
 *
 * @param field the field it lies in
 * @param text the value
 * @param scope the manufacturer of a serial number; empty for an asset tag
 */
record UniqueValue(String field, String text, String scope) {

    /**
     * The form in which it is claimed. Texts hold no control characters, so that the NUL between
     * manufacturer and serial number cannot be part of either.
     */
    String claimed() {
        return field.equals(AssetField.ASSET_TAG)
                ? "asset-tag:" + text
                : "serial:" + scope + "\u0000" + text;
    }

    /** The unique values of a state. */
    static List<UniqueValue> of(AssetState state) {
        if (!state.present()) {
            return List.of();
        }
        List<UniqueValue> values = new ArrayList<>(2);
        String tag = state.text(AssetField.ASSET_TAG);
        if (tag != null) {
            values.add(new UniqueValue(AssetField.ASSET_TAG, tag, ""));
        }
        String serial = state.text(AssetField.SERIAL_NUMBER);
        String manufacturer = state.text(AssetField.MANUFACTURER);
        if (serial != null && manufacturer != null) {
            values.add(new UniqueValue(AssetField.SERIAL_NUMBER, serial, manufacturer));
        }
        return values;
    }

    /** When an asset holds this value: whole stretches, whatever else changes in them. */
    List<Span<AssetState>> heldIn(Timeline<AssetState> timeline) {
        List<Span<AssetState>> held = new ArrayList<>();
        for (Span<AssetState> span : timeline.spans(Timeline.EVER_SINCE, Timeline.FOR_EVER)) {
            if (!of(span.state()).contains(this)) {
                continue;
            }
            boolean goesOn = !held.isEmpty() && held.getLast().to() == span.from();
            long from = goesOn ? held.removeLast().from() : span.from();
            held.add(new Span<>(from, span.to(), span.state()));
        }
        return held;
    }

    /** For people, for example {@code asset tag "A-1"}. */
    @Override
    public String toString() {
        return scope.isEmpty()
                ? "asset tag \"" + text + "\""
                : "serial number \"" + text + "\" of \"" + scope + "\"";
    }
}
