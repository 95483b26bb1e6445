package org.shuniu.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything that was read, by key and day. */
final class CatalogueRows {
    final Timeline<Item> items = new Timeline<>();
    final Timeline<Assignment> assignments = new Timeline<>();
    final Timeline<Department> departments = new Timeline<>();
    final Timeline<Centre> centres = new Timeline<>();
    final Timeline<Centre> centresByStreet = new Timeline<>();
    final Timeline<Division> divisions = new Timeline<>();
    final Timeline<ProvinceAssignment> provinces = new Timeline<>();
    final List<FollowUp> followUps = new ArrayList<>();
    final List<CertificateRule> certificateRules = new ArrayList<>();
    final Set<String> dividedFurther = new HashSet<>();
}
