package org.shuniu.catalogue;

import java.time.LocalDate;

record ProvinceAssignment(String prefix, String partnerId, LocalDate validFrom, LocalDate validTo) implements Dated {}
