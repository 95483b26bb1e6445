/** Several offices on one case (多地联办): the parts of each, in their stages, and one result of all. */
package org.shuniu.joint;
