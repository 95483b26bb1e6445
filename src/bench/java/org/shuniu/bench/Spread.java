package org.shuniu.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Least, median and greatest of repeated measurements. */
record Spread(double least, double median, double greatest) {

    static <T> Spread of(List<T> runs, ToDoubleFunction<T> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }
}
