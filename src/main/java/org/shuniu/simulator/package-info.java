/** Simulated partners with the habits of real ones, their faults on request, and a gentle stream of made-up applications. */
package org.shuniu.simulator;
