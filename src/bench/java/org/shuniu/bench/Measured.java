package org.shuniu.bench;

/**
 * What one run of one system came to.
 *
 * @param warmupSeconds under load before it was measured
 * @param livesPerSecond whole lives at full load
 * @param cpuPerThousand seconds of processor time of the system for 1,000 lives
 * @param benchCpuPerThousand the same of load generator and simulators
 * @param halfRate applications a second while the 202 was timed
 * @param p50Millis of the 202
 * @param p99Millis of the 202
 */
record Measured(
        double warmupSeconds,
        double livesPerSecond,
        double cpuPerThousand,
        double benchCpuPerThousand,
        double halfRate,
        double p50Millis,
        double p99Millis) {}
