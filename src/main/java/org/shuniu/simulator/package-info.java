/** Simulated departments, platform and traffic for the demo and the tests; nothing of the hub depends on it. */
package org.shuniu.simulator;
