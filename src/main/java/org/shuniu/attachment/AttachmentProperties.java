package org.shuniu.attachment;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the attachment store.
 *
 * @param largest length of one attachment
 * @param diskReserve what must stay free on the disk
 */
@ConfigurationProperties("shuniu.attachments")
public record AttachmentProperties(
        @DefaultValue("1GB") DataSize largest,
        @DefaultValue("512MB") DataSize diskReserve) {}
