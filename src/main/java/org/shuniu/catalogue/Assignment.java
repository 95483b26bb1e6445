package org.shuniu.catalogue;

import java.time.LocalDate;

record Assignment(String itemCode, String department, LocalDate validFrom, LocalDate validTo) implements Dated {}
