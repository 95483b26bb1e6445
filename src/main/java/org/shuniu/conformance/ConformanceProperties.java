package org.shuniu.conformance;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the hub asks of departments with contracts before it sends them anything.
 *
 * @param required whether there must be a record that the office's test system passed with these files
 */
@ConfigurationProperties("shuniu.conformance")
public record ConformanceProperties(@DefaultValue("false") boolean required) {}
