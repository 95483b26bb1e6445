package org.shuniu.handout;

import java.nio.file.Path;

/** The hub's folders of routes and mappings. */
public record Folders(Path routes, Path mappings) {}
