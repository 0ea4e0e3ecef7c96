// Draws a plan's routes on the map: a colour a route, a dot a stop. The same stops stand in the tables of the page.
const COLOURS = ["#0062ba", "#b2521b", "#0b7a4b", "#7a3ea8", "#a8004d", "#5c6b00", "#00707a", "#8a5a00"];
const element = document.querySelector("#rutekort");

function colour(feature) {
  return COLOURS[feature.properties.route % COLOURS.length];
}

function dot(feature, at) {
  const home = feature.properties.home;
  return L.circleMarker(at, { radius: home ? 5 : 8, color: colour(feature), weight: 2, fillOpacity: home ? 0.9 : 0.4 });
}

function words(feature) {
  const told = document.createElement("span");
  told.textContent = feature.properties.words ?? `${feature.properties.vehicle}, ${feature.properties.way}`;
  return told;
}

function draw(plan) {
  const map = L.map(element, { attributionControl: false, zoomSnap: 0.5 });
  if (plan.tiles) L.tileLayer(plan.tiles, { maxZoom: 19 }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const layer = L.geoJSON(plan, {
    style: (feature) => ({ color: colour(feature), weight: 3, opacity: 0.75, dashArray: feature.properties.way === "hjem" ? "6 6" : null }),
    pointToLayer: dot,
    onEachFeature: (feature, drawn) => drawn.bindTooltip(() => words(feature)),
  }).addTo(map);
  const bounds = layer.getBounds();
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [24, 24], maxZoom: 16 });
  else map.setView([56, 10.5], 7);
}

async function begin() {
  const answer = await fetch(element.dataset.address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  draw(await answer.json());
}

begin().catch(() => {
  element.classList.add("route-map--fault");
  element.textContent = "Kortet kunne ikke hentes. Stoppene står i tabellerne nedenfor.";
});
