package dev.cadastre.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A load and its limit, measured in turn so that a machine whose speed drifts does not favour
 * either. Quoted are the medians and the median of the ratios pair by pair.
 */
final class Comparison {

    /** Measures once; the larger the better, or the smaller the better, but both alike. */
    @FunctionalInterface
    interface Measurement {
        double measure() throws Exception;
    }

    /** Medians of both sides, and the median, smallest and largest ratio load / limit. */
    record Result(double load, double limit, double ratio, double lowest, double highest) {}

    private Comparison() {}

    static Result alternate(int rounds, Measurement limit, Measurement load) throws Exception {
        List<Double> loads = new ArrayList<>();
        List<Double> limits = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double around = limit.measure();
            double measured = load.measure();
            limits.add(around);
            loads.add(measured);
            ratios.add(measured / around);
        }
        double[] sorted = sorted(ratios);
        return new Result(
                median(loads),
                median(limits),
                median(ratios),
                sorted[0],
                sorted[sorted.length - 1]);
    }

    static double median(List<Double> values) {
        double[] sorted = sorted(values);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double[] sorted(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
