// Draws what the tables of a report say; without it they still say all of it.
(function () {
  "use strict";
  var COLOURS = ["#17528f", "#2f8f5b", "#b5372e", "#8a6d1d"];
  // Readable without colour.
  var PATTERNS = [
    { symbol: "none" },
    { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: "rgba(255,255,255,.45)" },
    { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 3], color: "rgba(255,255,255,.45)" },
    { symbol: "circle", symbolSize: .7, dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0], color: "rgba(255,255,255,.6)" }
  ];

  function read(table, most) {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows, 0, most);
    var series = [];
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      if (head.dataset.drawn) {
        series.push({
          name: head.textContent,
          type: "bar",
          stack: head.dataset.stack,
          barMaxWidth: 26,
          itemStyle: { color: COLOURS[series.length], decal: PATTERNS[series.length] },
          data: rows.map(function (row) {
            var value = row.cells[column].dataset.value;
            return value === undefined || value === "" ? null : Number(value);
          })
        });
      }
    });
    return { names: rows.map(function (row) { return row.cells[0].dataset.name; }), series: series };
  }

  function draw(box) {
    var across = box.dataset.across === "yes";
    var found = read(document.getElementById(box.dataset.table), Number(box.dataset.most));
    var bars = found.series.some(function (one) { return one.stack; }) ? 2 : found.series.length;
    var height = across ? 320 : Math.max(220, 90 + found.names.length * (14 + 12 * bars));
    box.style.height = height + "px";
    var names = { type: "category", data: found.names, inverse: !across, axisLabel: { color: "#4d5b69", width: across ? 90 : 170, overflow: "truncate" } };
    var values = { type: "value", minInterval: 0, axisLabel: { color: "#4d5b69" }, splitLine: { lineStyle: { color: "#d3dae2" } } };
    var chart = window.echarts.init(box, null, { renderer: "canvas" });
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
      grid: { left: 8, right: 24, top: 44, bottom: 8, containLabel: true },
      legend: { top: 4, left: "center", textStyle: { color: "#17212b" } },
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
      xAxis: across ? names : values,
      yAxis: across ? values : names,
      series: found.series
    });
    return chart;
  }

  var boxes = Array.prototype.slice.call(document.querySelectorAll(".chart"));
  var charts = boxes.map(draw);
  window.addEventListener("resize", function () {
    charts.forEach(function (chart) { chart.resize(); });
  });
})();
