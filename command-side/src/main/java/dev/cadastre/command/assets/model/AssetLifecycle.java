package dev.cadastre.command.assets.model;

import static dev.cadastre.command.assets.model.LifecycleState.divided;
import static dev.cadastre.command.assets.model.LifecycleState.plain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The states and substates of an asset and what may follow what. The guide page {@code
 * docs/guide/asset-lifecycle.md} shows the same tables.
 */
public final class AssetLifecycle {

    public static final String ON_ORDER = "On order";
    public static final String IN_STOCK = "In stock";
    public static final String IN_TRANSIT = "In transit";
    public static final String IN_USE = "In use";
    public static final String IN_MAINTENANCE = "In maintenance";
    public static final String RETIRED = "Retired";
    public static final String MISSING = "Missing";
    public static final String BUILD = "Build";

    /** Where an asset stands when it is registered without saying where. */
    public static final Standing FIRST = new Standing(ON_ORDER, null);

    /** The lifecycle every register starts with. */
    public static final AssetLifecycle STANDARD =
            new AssetLifecycle(
                    List.of(
                            plain(ON_ORDER, List.of(IN_STOCK, IN_TRANSIT, IN_USE, BUILD, RETIRED)),
                            divided(
                                    IN_STOCK,
                                    List.of(
                                            "Available",
                                            "Reserved",
                                            "Defective",
                                            "Pending repair",
                                            "Pending install",
                                            "Pending disposal",
                                            "Pending transfer",
                                            "Pre-allocated",
                                            "On hold",
                                            "Legal hold",
                                            "Quarantine",
                                            "Pending fulfillment",
                                            "Pending certificate",
                                            "Pending return",
                                            "Test",
                                            "End of support",
                                            "Pending retirement",
                                            "Pending resale",
                                            "Pending evaluation"),
                                    List.of(IN_TRANSIT, IN_USE, IN_MAINTENANCE, RETIRED, MISSING)),
                            divided(
                                    IN_TRANSIT,
                                    List.of(
                                            "Available",
                                            "Reserved",
                                            "Defective",
                                            "Pending install",
                                            "Pending disposal",
                                            "Pending donation",
                                            "Pre-allocated",
                                            "Pending resale"),
                                    List.of(IN_STOCK, IN_USE, IN_MAINTENANCE, RETIRED, MISSING)),
                            divided(
                                            IN_USE,
                                            List.of(
                                                    "Pending fulfillment",
                                                    "End of support",
                                                    "Pending retirement"),
                                            List.of(
                                                    IN_STOCK,
                                                    IN_TRANSIT,
                                                    IN_MAINTENANCE,
                                                    RETIRED,
                                                    MISSING))
                                    .withOptionalSubstate(),
                            plain(
                                    IN_MAINTENANCE,
                                    List.of(IN_STOCK, IN_TRANSIT, IN_USE, RETIRED, MISSING)),
                            divided(
                                            RETIRED,
                                            List.of(
                                                    "Disposed",
                                                    "Pending disposal",
                                                    "Sold",
                                                    "Donated",
                                                    "Vendor credit",
                                                    "Lease return",
                                                    "Obsolete",
                                                    "RMA",
                                                    "Buy out",
                                                    "Pending resale"),
                                            List.of(IN_STOCK, IN_TRANSIT, MISSING))
                                    .endingIn(
                                            "Disposed",
                                            "Sold",
                                            "Donated",
                                            "Vendor credit",
                                            "Lease return",
                                            "RMA",
                                            "Buy out"),
                            divided(
                                    MISSING,
                                    List.of("Lost", "Stolen"),
                                    List.of(IN_STOCK, IN_TRANSIT, IN_USE, IN_MAINTENANCE, RETIRED)),
                            plain(BUILD, List.of(IN_STOCK, IN_USE, IN_MAINTENANCE, RETIRED))
                                    .notFor("hardware", "consumable")));

    private final Map<String, LifecycleState> states = new LinkedHashMap<>();

    AssetLifecycle(List<LifecycleState> states) {
        states.forEach(state -> this.states.put(state.name(), state));
    }

    /** The states in the order of the vocabulary. */
    public List<LifecycleState> states() {
        return List.copyOf(states.values());
    }

    /**
     * The state of this name. Letter case does not matter, since the vocabulary's own source writes
     * one name both ways.
     */
    public Optional<LifecycleState> state(String name) {
        LifecycleState exact = states.get(name);
        return exact != null
                ? Optional.of(exact)
                : states.values().stream()
                        .filter(state -> state.name().equalsIgnoreCase(name))
                        .findFirst();
    }

    /** The standing as the lifecycle spells it; empty if the state does not allow the substate. */
    public Optional<Standing> standing(LifecycleState state, @Nullable String substate) {
        if (substate == null) {
            return state.substateOptional()
                    ? Optional.of(new Standing(state.name(), null))
                    : Optional.empty();
        }
        return state.substates().stream()
                .filter(substate::equalsIgnoreCase)
                .findFirst()
                .map(known -> new Standing(state.name(), known));
    }

    /** Whether {@code next} may follow {@code standing} directly. */
    public boolean allows(Standing standing, Standing next) {
        return standing.equals(next) || following(standing).contains(next.state());
    }

    /** The states that may follow a standing; empty where the asset has left the estate. */
    public List<String> following(Standing standing) {
        LifecycleState state = states.get(standing.state());
        if (state == null || state.endsIn(standing.substate())) {
            return List.of();
        }
        return Stream.concat(Stream.of(state.name()), state.next().stream()).toList();
    }

    /** Whether an asset of this type may be in this state. */
    public boolean allowsType(String state, @Nullable String type) {
        LifecycleState known = states.get(state);
        return known == null
                || type == null
                || known.excludedTypes().stream().noneMatch(type::equalsIgnoreCase);
    }
}
