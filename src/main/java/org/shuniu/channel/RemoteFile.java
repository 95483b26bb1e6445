package org.shuniu.channel;

import java.time.Instant;

/** A file on a partner's server, as its listing shows it. */
public record RemoteFile(String name, long size, Instant modified) {}
