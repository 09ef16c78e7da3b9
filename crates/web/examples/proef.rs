//! Serves a demo to look at.
use std::sync::Arc;
use store::{Live, MasterKey, Place, Store};
#[tokio::main]
async fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let folder = std::path::PathBuf::from(folder);
    let inwoners: u32 = std::env::args().nth(2).unwrap().parse().unwrap();
    let fresh = !folder.exists();
    std::fs::create_dir_all(&folder).unwrap();
    let key = MasterKey::from_text(&"ab".repeat(32)).unwrap();
    let store = Store::open(&Place::Sqlite(folder.clone()), key).await.unwrap();
    if fresh {
        let p = simulation::Parameters { inwoners, ..Default::default() };
        let m = simulation::simulate(&p, &mut |d, _| eprintln!("{d}"));
        store.append_at(&m.entries).await.unwrap();
        store.put_persons(&m.persons).await.unwrap();
        for (id, n) in &m.staff { store.put_staff_name(*id, n).await.unwrap(); }
        for a in &m.accounts { store.create_account(&a.name, "demo-demo-demo", a.medewerker).await.unwrap(); }
    }
    let now: jiff::Timestamp = "2025-12-22T09:00:00Z".parse().unwrap();
    for a in store.accounts().await.unwrap() {
        let s = store.create_session(&a.name, now, 9).await.unwrap();
        eprintln!("SESSIE {} {}", a.name, s.token);
    }
    let live = Live::start(store, None, &|_, _| {}).await.unwrap();
    let app = web::App { live, clock: Arc::new(move || now), config: web::Config { data: folder, theme: None, demo: true, https: false } };
    let l = tokio::net::TcpListener::bind("127.0.0.1:8097").await.unwrap();
    eprintln!("KLAAR");
    web::serve(app, l, async { tokio::signal::ctrl_c().await.unwrap() }).await.unwrap();
}
