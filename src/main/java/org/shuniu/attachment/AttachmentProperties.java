package org.shuniu.attachment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the attachment store.
 *
 * @param largest length of one attachment
 * @param parallel uploads of one partner at a time; each holds a thread for as long as it lasts
 * @param parallelOfAll uploads of all partners at a time
 * @param unfinished uploads that one partner may have begun
 * @param abandonedAfter how long an upload waits for its next part before it is removed
 * @param unnamedAfter how long a whole attachment waits for a message that names it before it is removed
 * @param replacedAfter how long a file stays that was sealed anew under a newer master key: within it a backup must have copied the folder
 * @param slowest bytes a second that an upload must bring
 * @param diskReserve what must stay free on the disk
 */
@ConfigurationProperties("shuniu.attachments")
public record AttachmentProperties(
        @DefaultValue("1GB") DataSize largest,
        @DefaultValue("16") int parallel,
        @DefaultValue("64") int parallelOfAll,
        @DefaultValue("1000") int unfinished,
        @DefaultValue("7d") Duration abandonedAfter,
        @DefaultValue("7d") Duration unnamedAfter,
        @DefaultValue("3d") Duration replacedAfter,
        @DefaultValue("4KB") DataSize slowest,
        @DefaultValue("512MB") DataSize diskReserve) {}
