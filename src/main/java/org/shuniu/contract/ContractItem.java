package org.shuniu.contract;

/**
 * One thing that can be applied for.
 *
 * @param code 12 digits
 * @param workingDays in which the department has to decide
 */
public record ContractItem(String code, Contract.Name name, int workingDays) {}
