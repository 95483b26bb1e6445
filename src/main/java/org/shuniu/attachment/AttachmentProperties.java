package org.shuniu.attachment;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the attachment store.
 *
 * @param largest length of one attachment
 * @param parallel uploads of one partner at a time; each holds a thread for as long as it lasts
 * @param diskReserve what must stay free on the disk
 */
@ConfigurationProperties("shuniu.attachments")
public record AttachmentProperties(
        @DefaultValue("1GB") DataSize largest,
        @DefaultValue("16") int parallel,
        @DefaultValue("512MB") DataSize diskReserve) {}
